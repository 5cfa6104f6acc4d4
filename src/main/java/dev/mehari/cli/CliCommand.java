package dev.mehari.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: where it stands, where it writes, whom it asks. Ends with an exit code of {@link Exit}. */
abstract class CliCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    MehariCommand mehari() {
        return (MehariCommand) spec.root().userObject();
    }

    Surroundings around() {
        return mehari().around();
    }

    Screen screen() {
        return mehari().screen();
    }

    boolean json() {
        return mehari().json();
    }

    Gateway gateway() {
        return mehari().gateway();
    }

    CommandSpec spec() {
        return spec;
    }
}
