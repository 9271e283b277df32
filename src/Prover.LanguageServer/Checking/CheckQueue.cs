namespace Prover.LanguageServer;

/// <summary>Checks documents one after the other on a thread of its own, always as they are now: a change supersedes the check of what was there before.</summary>
internal sealed class CheckQueue : IDisposable
{
    /// <summary>The compiler nests up to 500 deep, at about a kilobyte each in the best case.</summary>
    private const int StackSize = 1 << 24;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Action<CheckResult> _done;
    private readonly Action<OpenDocument, Exception> _failed;
    private readonly Thread _thread;

    /// <summary>The documents to be checked, those that wait longest first.</summary>
    private readonly List<string> _waiting = [];
    private DocumentSet _documents = DocumentSet.Empty;
    private string? _running;
    private bool _isSuperseded;
    private bool _isEnded;

    /// <summary>Starts the thread.</summary>
    /// <param name="done">Gets, on that thread, each result that has not been superseded.</param>
    /// <param name="failed">Gets faults of the compiler itself.</param>
    public CheckQueue(Action<CheckResult> done, Action<OpenDocument, Exception> failed)
    {
        (_done, _failed) = (done, failed);
        _thread = new(Work, StackSize) { IsBackground = true, Name = "checks" };
        _thread.Start();
    }

    /// <summary>Checks documents, and takes what waits already from the new set as well.</summary>
    public void Check(DocumentSet documents, IEnumerable<string> paths)
    {
        lock (_gate)
        {
            _documents = documents;
            foreach (var path in paths)
            {
                _isSuperseded |= path == _running;
                if (!_waiting.Contains(path))
                {
                    _waiting.Add(path);
                    _work.Release();
                }
            }
        }
    }

    /// <summary>Ends the thread, at the latest when the check that is under way has ended; nothing is reported any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            _isSuperseded = true;
        }

        _work.Release();
    }

    private void Work()
    {
        while (true)
        {
            _work.Wait();
            OpenDocument? document;
            DocumentSet documents;
            lock (_gate)
            {
                if (_isEnded)
                {
                    return;
                }

                (_running, documents) = (_waiting[0], _documents);
                document = documents.Find(_running);
                _waiting.RemoveAt(0);
                _isSuperseded = false;
            }

            if (document is not null)
            {
                Check(document, documents);
            }
        }
    }

    private void Check(OpenDocument document, DocumentSet documents)
    {
        try
        {
            var result = CheckResult.Of(document, documents);
            lock (_gate)
            {
                _running = null;
                if (!_isSuperseded)
                {
                    _done(result);
                }
            }
        }
        catch (Exception error)
        {
            _failed(document, error);
        }
    }
}
