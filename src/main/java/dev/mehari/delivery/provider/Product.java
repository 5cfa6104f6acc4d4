package dev.mehari.delivery.provider;

import dev.mehari.Mehari;

/** How the gateway names itself to others. */
final class Product {
    static final String VERSION = version();
    static final String USER_AGENT = "Mehari/" + VERSION;

    private Product() {}

    private static String version() {
        String built = Mehari.class.getPackage().getImplementationVersion();
        return built == null ? "0" : built;
    }
}
