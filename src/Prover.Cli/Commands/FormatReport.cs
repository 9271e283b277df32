using Prover.Language;

namespace Prover.Cli;

/// <summary>Says what the formatter has changed, or would.</summary>
internal static class FormatReport
{
    public static void Write(Terminal terminal, IReadOnlyList<FormattedFile> files, bool isCheck, bool isPiped)
    {
        var diagnostics = files.SelectMany(file => file.Diagnostics).ToList();
        if (diagnostics.Count > 0)
        {
            terminal.Note(DiagnosticRenderer.Render(diagnostics));
        }

        if (terminal.Json)
        {
            terminal.WriteJson(new
            {
                Check = isCheck,
                Files = files.Select(file => new
                {
                    File = file.Source.Path,
                    file.Verdict,
                    Difference = isCheck ? DifferenceOf(file) : null,
                    Text = isPiped && !isCheck ? file.Text : null,
                }),
                Diagnostics = diagnostics.Select(DiagnosticReport.Describe),
            });
        }
        else
        {
            foreach (var file in files)
            {
                WriteData(terminal, file, isCheck, isPiped);
            }
        }

        if (!isPiped)
        {
            var (changed, refused) = (files.Count(file => file.IsChanged), files.Count(file => file.Text is null));
            terminal.Note(
                $"{Count(files.Count)}, {changed:N0} {(isCheck ? "to be formatted" : "formatted")}{(refused > 0 ? $", {refused:N0} with errors" : "")}"
                + (isCheck && changed > 0 ? "; 'prover fmt' does it" : ""));
        }
    }

    private static void WriteData(Terminal terminal, FormattedFile file, bool isCheck, bool isPiped)
    {
        if (isCheck)
        {
            terminal.WriteText(DifferenceOf(file) ?? "");
        }
        else if (isPiped)
        {
            terminal.WriteText(file.Text ?? "");
        }
        else if (file.IsChanged)
        {
            terminal.Write(file.Source.Path);
        }
    }

    private static string? DifferenceOf(FormattedFile file) => file.IsChanged ? LineDifference.Show(file.Source.Path, file.Source.Text, file.Text!) : null;

    private static string Count(int files) => $"{files:N0} {(files == 1 ? "file" : "files")}";
}
