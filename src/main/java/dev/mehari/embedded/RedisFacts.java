package dev.mehari.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** What the answer to INFO says about a Redis; a cluster answers for each node, {@code host:port.name}. */
record RedisFacts(Properties info) {
    private static final int[] OLDEST = {6, 2};

    /** Versions below the oldest whose commands the lanes need (6.2: LMOVE, XAUTOCLAIM). */
    List<String> tooOld() {
        return values("redis_version").stream().filter(RedisFacts::isTooOld).toList();
    }

    /** Policies under which Redis may drop a lane to make room. */
    List<String> evicting() {
        return values("maxmemory_policy").stream()
                .filter(policy -> !policy.equals("noeviction"))
                .toList();
    }

    boolean forgetsAtRestart() {
        return values("aof_enabled").contains("0");
    }

    private List<String> values(String name) {
        return info.stringPropertyNames().stream()
                .filter(key -> key.equals(name) || key.endsWith("." + name))
                .map(key -> info.getProperty(key).trim())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isTooOld(String version) {
        int[] parts = Arrays.stream(version.split("\\D+", -1))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        return Arrays.compare(parts, OLDEST) < 0;
    }
}
