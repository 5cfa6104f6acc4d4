package dev.mehari.reload;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/** The properties of the running context for another one. */
record RunningProperties(CamelContext running) implements PropertiesSource {
    @Override
    public String getName() {
        return "running";
    }

    @Override
    public @Nullable String getProperty(String name) {
        return running.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
}
