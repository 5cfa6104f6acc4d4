package dev.mehari.delivery.budget;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.budget.Plan.Window;
import dev.mehari.http.Sha256;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Says which budgets each channel's requests are taken from. Thread-safe. */
class Plans {
    private static final Pattern WEBHOOK = Pattern.compile(".*/webhooks/([\\w.-]+)/[^/]+");
    private static final Pattern BOT = Pattern.compile(".*/bot(\\d+)(?::[^/]*)?");

    private final BudgetSettings settings;
    private final Function<Channel, URI> targets;
    private final DiscordChannels discordChannels;
    private final Map<URI, String> names = new ConcurrentHashMap<>();
    /** Requests per window as a provider's headers say, where that is less than what is configured. */
    private final Map<String, Integer> learnt = new ConcurrentHashMap<>();

    /** @param targets where a channel really delivers to; the address never leaves this class */
    Plans(BudgetSettings settings, Function<Channel, URI> targets, DiscordChannels discordChannels) {
        this.settings = settings;
        this.targets = targets;
        this.discordChannels = discordChannels;
    }

    Plan of(Channel channel) {
        var target = targets.apply(channel);
        var authority = Objects.requireNonNullElse(target.getRawAuthority(), "none");
        var host = authority.substring(authority.lastIndexOf('@') + 1);
        return switch (channel.provider()) {
            case "discord", "sandbox" -> discord(host, target);
            case "telegram" ->
                telegram(host, target, String.valueOf(channel.settings().get("chat")));
            case "slack" -> slack(host, name(target));
            default -> new Plan(host, name(target), name(target), List.of());
        };
    }

    /** Takes a provider at its word when it grants less than was thought. */
    void learn(Plan plan, int requests) {
        if (requests > 0) {
            learnt.put(plan.host() + plan.own(), requests);
        }
    }

    private Plan discord(String host, URI target) {
        var limits = settings.discord();
        var webhook = webhook(target);
        var shared = discordChannels.of(host, webhook);
        var own = "webhook:" + webhook;
        int requests = Math.min(limits.webhookRequests(), learnt.getOrDefault(host + own, Integer.MAX_VALUE));
        return new Plan(
                host,
                own,
                shared,
                List.of(
                        window(Scope.CHANNEL, own, requests, limits.webhookPeriod(), false),
                        window(Scope.SHARED, shared, limits.channelRequests(), limits.channelPeriod(), true),
                        window(Scope.HOST, "all", limits.hostRequests(), limits.hostPeriod(), false)));
    }

    /** What asking a webhook for its Discord channel counts for; empty when that is known, or makes no difference. */
    Optional<Plan> enquiry(Channel channel) {
        if (channel.sandboxed() || !channel.provider().equals("discord")) {
            return Optional.empty();
        }
        var plan = of(channel);
        return discordChannels.knows(plan.shared()) ? Optional.empty() : Optional.of(plan.only(Scope.HOST));
    }

    private Plan telegram(String host, URI target, String chat) {
        var limits = settings.telegram();
        var path = BOT.matcher(Objects.toString(target.getPath(), ""));
        var bot = "bot:" + (path.matches() ? path.group(1) : name(target));
        var own = bot + ":chat:" + chat;
        var perChat = window(Scope.CHANNEL, own, limits.chatRequests(), limits.chatPeriod(), false);
        var perBot = window(Scope.HOST, bot, limits.botRequests(), limits.botPeriod(), false);
        if (!chat.startsWith("-") && !chat.startsWith("@")) {
            return new Plan(host, own, own, List.of(perChat, perBot));
        }
        var perGroup = window(Scope.SHARED, bot + ":group:" + chat, limits.groupRequests(), limits.groupPeriod(), true);
        return new Plan(host, own, own, List.of(perChat, perGroup, perBot));
    }

    private Plan slack(String host, String own) {
        var limits = settings.slack();
        return new Plan(host, own, own, List.of(window(Scope.CHANNEL, own, limits.requests(), limits.period(), false)));
    }

    private Window window(Scope scope, String name, int requests, Duration period, boolean spread) {
        return new Window(scope, name, requests, period.plus(settings.margin()), spread);
    }

    /** The webhook's id, which stands before its token. */
    static String webhook(URI target) {
        var path = WEBHOOK.matcher(Objects.toString(target.getPath(), ""));
        return path.matches() ? path.group(1) : hash(target);
    }

    /** A name for an address that does not tell it; asked for with every request, so that each is worked out once. */
    private String name(URI address) {
        return names.computeIfAbsent(address, Plans::hash);
    }

    private static String hash(URI address) {
        return HexFormat.of().formatHex(Sha256.of(address.toString()), 0, 8);
    }
}
