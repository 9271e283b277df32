using System.Runtime.CompilerServices;
using System.Text.Json;
using Prover.Pipeline;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>
/// Where a command speaks: data to standard output, everything else to standard error; plain text without colours or bars unless
/// standard error is a terminal.
/// </summary>
public sealed class Terminal
{
    private static readonly JsonSerializerOptions JsonLayout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int NarrowestTable = 60;

    /// <summary>Lines of a log or a pipe are not wrapped: whoever reads them decides.</summary>
    private const int Unlimited = 100_000;

    private readonly TextWriter _output, _error;
    private IAnsiConsole? _watched;

    /// <summary>Speaks through the given writers.</summary>
    /// <param name="output">For data.</param>
    /// <param name="error">For progress, notes and errors.</param>
    /// <param name="interactive">Whether <paramref name="error"/> is a terminal that a person watches.</param>
    /// <param name="json">Whether data is wanted as JSON.</param>
    public Terminal(TextWriter output, TextWriter error, bool interactive, bool json)
    {
        _output = output;
        Json = json;
        Interactive = interactive;
        _error = error;
        Output = GuardedWriter.Around(output, failure => throw new UnwritableOutputException($"standard output cannot be written to: {failure.Message}", failure));
    }

    /// <summary>Where data goes.</summary>
    /// <remarks>Writing throws <see cref="UnwritableOutputException"/> if it is closed or full.</remarks>
    public TextWriter Output { get; }

    /// <summary>Whether data is wanted as JSON.</summary>
    public bool Json { get; }

    /// <summary>Whether data was printed as JSON, beside which there must be no other.</summary>
    public bool HasWrittenJson { get; private set; }

    private bool Interactive { get; }

    /// <summary>Columns for data.</summary>
    private int DataWidth =>
        ReferenceEquals(_output, Console.Out) && !Console.IsOutputRedirected ? Math.Max(Console.WindowWidth, NarrowestTable) : Unlimited;

    /// <summary>Standard error with colours and bars. Most commands never need it, and loading it takes as long as they do.</summary>
    private IAnsiConsole Watched => _watched ??= Create(_error, Interactive);

    /// <summary>Whether a person watches this process's standard error on a terminal.</summary>
    public static bool IsWatched =>
        !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("NO_COLOR") is null
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Empties the screen and its memory if data goes to a terminal; a file or a pipe keeps everything.</summary>
    public void Clear()
    {
        if (ReferenceEquals(_output, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb")
        {
            _output.Write("\e[H\e[2J\e[3J");
        }
    }

    /// <summary>Prints a line of data.</summary>
    public void Write(string line) => Output.WriteLine(line);

    /// <summary>Prints data that brings its own newlines.</summary>
    public void WriteText(string text) => Output.Write(text);

    /// <summary>Prints an object as indented JSON.</summary>
    public void WriteJson(object value)
    {
        HasWrittenJson = true;
        Output.WriteLine(JsonSerializer.Serialize(value, JsonLayout));
    }

    /// <summary>Prints <paramref name="value"/> as JSON if that is wanted, otherwise a two-column table of <paramref name="rows"/>.</summary>
    public void WriteReport(string title, object value, IEnumerable<(string Name, string Value)> rows)
    {
        if (Json)
        {
            WriteJson(value);
            return;
        }

        // Not the table's own title, which is cut to the table's width.
        Write(title);
        List<(string Name, string Value)> lines = [.. rows];
        if (ReportBox.TryDraw(lines, DataWidth, _output.Encoding) is { } box)
        {
            Output.Write(box);
        }
        else
        {
            WriteTable(lines);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteTable(IEnumerable<(string Name, string Value)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders();
        table.AddColumn("name").AddColumn(new TableColumn("value"));
        foreach (var (name, text) in rows)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(text));
        }

        WriteTable(table);
    }

    /// <summary>Prints a table of data without colours.</summary>
    public void WriteTable(Table table)
    {
        var console = Create(Output, interactive: false);
        console.Profile.Width = DataWidth;
        console.Write(table);
    }

    /// <summary>Prints a note for people on standard error.</summary>
    public void Note(string line)
    {
        if (Interactive)
        {
            WriteWatched(line);
        }
        else
        {
            _error.WriteLine(line);
        }
    }

    /// <summary>Prints an error on standard error.</summary>
    public void Error(string message)
    {
        if (Interactive)
        {
            WriteWatchedError(message);
        }
        else
        {
            _error.WriteLine($"error: {message}");
        }
    }

    /// <summary>Runs work that reports its stages: bars on a terminal, one line for each finished stage otherwise.</summary>
    public T WithProgress<T>(Func<IProgress<StageProgress>, T> work) => Interactive ? WithBars(work) : work(new StageLines(Note));

    // What a method mentions is loaded when it is entered, so the console library has methods of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteWatched(string line) => Watched.WriteLine(line);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteWatchedError(string message) => Watched.MarkupLine($"[red]error:[/] {Markup.Escape(message)}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T WithBars<T>(Func<IProgress<StageProgress>, T> work) => Watched.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .Start(context => work(new StageBars(context)));

    private static IAnsiConsole Create(TextWriter writer, bool interactive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }
}
