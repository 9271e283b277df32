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

    /// <summary>Cancelled when the check that is under way is superseded.</summary>
    private CancellationTokenSource _current = new();
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
                if (path == _running)
                {
                    _current.Cancel();
                }

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
            _current.Cancel();
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
            CancellationToken cancellation;
            lock (_gate)
            {
                if (_isEnded)
                {
                    return;
                }

                (_running, documents) = (_waiting[0], _documents);
                document = documents.Find(_running);
                _waiting.RemoveAt(0);
                _current.Dispose();
                _current = new();
                cancellation = _current.Token;
            }

            if (document is not null)
            {
                Check(document, documents, cancellation);
            }
        }
    }

    private void Check(OpenDocument document, DocumentSet documents, CancellationToken cancellation)
    {
        try
        {
            var result = CheckResult.Of(document, documents, cancellation);
            lock (_gate)
            {
                _running = null;
                if (!cancellation.IsCancellationRequested)
                {
                    _done(result);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The document waits to be checked as it is now.
        }
        catch (Exception error)
        {
            Report(document, error);
        }
    }

    private void Report(OpenDocument document, Exception error)
    {
        try
        {
            _failed(document, error);
        }
        catch (Exception)
        {
            // Nobody can be told any more. Whoever reads the client's messages meets the same, and ends the session.
        }
    }
}
