package dev.mehari.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Stops deliveries of one channel; its messages wait, in order, and no attempt is spent.")
final class PauseCommand extends CliCommand {
    @Parameters(paramLabel = "CHANNEL")
    private String name = "";

    @Override
    public Integer call() {
        return ChannelsCommand.change(this, name, "pause", "is paused");
    }
}
