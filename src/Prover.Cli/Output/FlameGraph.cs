using System.Globalization;
using System.Text;
using System.Xml;
using Prover.Compiler;

namespace Prover.Cli;

/// <summary>
/// Draws a profile: each frame is as wide as its share of the rows and stands on its caller, the rule at the bottom (Gregg, "The Flame
/// Graph", 2016). From left to right is program order. The picture needs nothing beside itself; hovering names a frame in full.
/// </summary>
internal static class FlameGraph
{
    private const double Width = 1200;
    private const double Margin = 12;
    private const double Header = 52;
    private const double FrameHeight = 20;

    /// <summary>Of the font below, a little more than any of the usual monospaced fonts needs.</summary>
    private const double LetterWidth = 7.4;

    /// <summary>Narrower frames than this cannot be seen.</summary>
    private const double NarrowestFrame = 0.3;

    private const string Style = """
        text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #222 }
        .title { font-size: 16px; font-weight: bold }
        rect { stroke: #fff; stroke-width: 0.7 }
        g:hover > rect { stroke: #222 }
        """;

    /// <summary>Stacks as text, one a line: the frames separated by semicolons, a blank, the number of rows.</summary>
    public static string Fold(CircuitProfile profile)
    {
        var text = new StringBuilder();
        foreach (var stack in profile.Stacks)
        {
            text.Append(profile.Circuit.Name);
            foreach (var frame in stack.Frames)
            {
                text.Append(';').Append(frame.ToString().Replace(';', ':'));
            }

            text.Append(CultureInfo.InvariantCulture, $" {stack.Rows}\n");
        }

        return text.ToString();
    }

    /// <summary>The picture as a text.</summary>
    public static string Draw(CircuitProfile profile)
    {
        var root = Node.Of(profile);
        var height = Header + (root.Depth * FrameHeight) + Margin;
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            Attribute(svg, "viewBox", $"0 0 {Number(Width)} {Number(height)}");
            Attribute(svg, "width", Number(Width));
            Attribute(svg, "height", Number(height));
            svg.WriteElementString("style", "\n" + Style + "\n");
            Rectangle(svg, 0, 0, Width, height, "#fdfdfb");
            Text(svg, Margin, 24, $"{profile.Circuit.Name}: {root.Rows:N0} rows", "title");
            Text(svg, Margin, 42, "a frame's width is its share of the rows; calls stand on their callers, left to right as in the program");
            Draw(svg, root, Margin, height - Margin - FrameHeight, (Width - (2 * Margin)) / Math.Max(1, root.Rows), root.Rows);
            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Draw(XmlWriter svg, Node node, double x, double y, double perRow, int all)
    {
        var width = node.Rows * perRow;
        if (width < NarrowestFrame)
        {
            return;
        }

        svg.WriteStartElement("g");
        svg.WriteElementString("title", $"{node.Name}\n{(node.Source.Length > 0 ? node.Source + "\n" : "")}{node.Rows:N0} rows, {Share(node.Rows, all)}");
        Rectangle(svg, x, y, width, FrameHeight - 1, node.Colour);
        var letters = (int)((width - 8) / LetterWidth);
        if (letters >= 3)
        {
            Text(svg, x + 4, y + 14, node.Label.Length <= letters ? node.Label : node.Label[..(letters - 1)] + "…");
        }

        svg.WriteEndElement();
        foreach (var child in node.Children)
        {
            Draw(svg, child, x, y - FrameHeight, perRow, all);
            x += child.Rows * perRow;
        }
    }

    /// <summary>"12.3 %".</summary>
    public static string Share(int rows, int all) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * rows / Math.Max(1, all):0.0} %");

    private static void Rectangle(XmlWriter svg, double x, double y, double width, double height, string colour)
    {
        svg.WriteStartElement("rect");
        Attribute(svg, "x", Number(x));
        Attribute(svg, "y", Number(y));
        Attribute(svg, "width", Number(width));
        Attribute(svg, "height", Number(height));
        Attribute(svg, "fill", colour);
        svg.WriteEndElement();
    }

    private static void Text(XmlWriter svg, double x, double y, string text, string? style = null)
    {
        svg.WriteStartElement("text");
        Attribute(svg, "x", Number(x));
        Attribute(svg, "y", Number(y));
        if (style is not null)
        {
            Attribute(svg, "class", style);
        }

        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static void Attribute(XmlWriter svg, string name, string value) => svg.WriteAttributeString(name, value);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A frame with what stands on it.</summary>
    private sealed class Node(string name, string label, string source, string colour)
    {
        private readonly Dictionary<string, Node> _byName = new(StringComparer.Ordinal);

        public string Name => name;

        public string Label => label;

        public string Source => source;

        public string Colour => colour;

        public int Rows { get; private set; }

        public List<Node> Children { get; } = [];

        public int Depth => 1 + (Children.Count == 0 ? 0 : Children.Max(child => child.Depth));

        public static Node Of(CircuitProfile profile)
        {
            var root = new Node(profile.Circuit.Name, profile.Circuit.Name, "", "#d8d4c8");
            foreach (var stack in profile.Stacks)
            {
                var node = root;
                node.Rows += stack.Rows;
                foreach (var frame in stack.Frames)
                {
                    node = node.Child(frame);
                    node.Rows += stack.Rows;
                }
            }

            return root;
        }

        private Node Child(ProfileFrame frame)
        {
            var key = frame.ToString();
            if (!_byName.TryGetValue(key, out var child))
            {
                var place = $"{Path.GetFileName(frame.File)}:{frame.Line}";
                child = frame.Function is { } function
                    ? new(key, $"{function} at {place}", frame.Text, $"hsl({Hue(function)}, 85%, 70%)")
                    : new(key, $"{place}  {frame.Text}", frame.Text, $"hsl({190 + (Hue(place) / 2)}, 45%, 80%)");
                _byName.Add(key, child);
                Children.Add(child);
            }

            return child;
        }

        /// <summary>A warm hue, always the same for one name.</summary>
        private static int Hue(string name)
        {
            // FNV-1a, since the hash of the framework differs from run to run.
            var hash = 2166136261u;
            foreach (var letter in name)
            {
                hash = (hash ^ letter) * 16777619;
            }

            return 12 + (int)(hash % 44);
        }
    }
}
