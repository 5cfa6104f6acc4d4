package dev.mehari.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        description = "Writes the completion for bash and zsh.",
        footer = {
            "",
            "  bash: source <(mehari completion)",
            "  zsh:  autoload -U +X compinit && compinit; source <(mehari completion)"
        })
final class CompletionCommand extends CliCommand {
    @Override
    public Integer call() {
        screen().line(AutoComplete.bash("mehari", mehari().commandLine()));
        return Exit.OK;
    }
}
