package dev.mehari.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Lets a paused or broken channel go on.")
final class ResumeCommand extends CliCommand {
    @Parameters(paramLabel = "CHANNEL")
    private String name = "";

    @Override
    public Integer call() {
        return ChannelsCommand.change(this, name, "resume", "goes on");
    }
}
