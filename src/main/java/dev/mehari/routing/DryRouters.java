package dev.mehari.routing;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelComponent;
import dev.mehari.channel.ChannelConfiguration;
import dev.mehari.channel.Channels;
import dev.mehari.problem.Problem;
import dev.mehari.reload.CandidateRoutes;
import dev.mehari.reload.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes routers of route files that are not in use, by the engine of those that are. Thread-safe. */
public class DryRouters {
    private static final String ENTRY = "direct:route";

    private final CandidateRoutes candidates;
    private final ChannelConfiguration running;
    private final String defaultChannel;

    DryRouters(CandidateRoutes candidates, ChannelConfiguration running, String defaultChannel) {
        this.candidates = candidates;
        this.running = running;
        this.defaultChannel = defaultChannel;
    }

    /** What is wrong with the files, with these channels; empty when {@link #open} takes them. */
    public List<Problem> check(Snapshot routes, Map<String, Channel> channels) {
        var problems = new ArrayList<>(candidates.check(routes, Variables.vocabulary(channels::keySet)));
        if (problems.isEmpty() && routes.texts().values().stream().noneMatch(text -> text.contains(ENTRY))) {
            problems.add(Problem.of(
                    "routes/routing.yaml",
                    "No route begins with " + ENTRY + ", so no message would be routed: add the file."));
        }
        return problems;
    }

    /** The router in use, for show. */
    public DryRouter openInUse() {
        return open(candidates.inUse(), running.channels().all());
    }

    /** @param routes files without problems */
    public DryRouter open(Snapshot routes, Map<String, Channel> channels) {
        var notify = new NotifyRoute(running.lanes(), defaultChannel, new SimpleMeterRegistry());
        return new DryRouter(candidates.start(routes, notify, Map.of("channel", new ChannelComponent(with(channels)))));
    }

    private ChannelConfiguration with(Map<String, Channel> channels) {
        var named = new Channels();
        try {
            named.replace(channels);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return new ChannelConfiguration(
                named, running.lanes(), running.wakeUp(), running.nodes(), running.clock(), running.lookAgain());
    }
}
