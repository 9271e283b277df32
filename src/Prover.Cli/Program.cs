using Prover.Cli;

Console.SetError(new BestEffortWriter(Console.Error));
return CommandLine.Run(args, Console.Out, Console.Error);
