package dev.mehari.reload;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;

/** The beans of the running context for another one, without those that a context would take over as its own parts. */
record RunningBeans(CamelContext running) implements BeanRepository {

    @Override
    public @Nullable Object lookupByName(String name) {
        return mine(running.getRegistry().lookupByName(name));
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        return mine(running.getRegistry().lookupByNameAndType(name, type));
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return part(type) ? Map.of() : running.getRegistry().findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return part(type) ? Set.of() : running.getRegistry().findByType(type);
    }

    private static <T> @Nullable T mine(@Nullable T bean) {
        return bean == null || part(bean.getClass()) ? null : bean;
    }

    private static boolean part(Class<?> type) {
        return Component.class.isAssignableFrom(type)
                || Language.class.isAssignableFrom(type)
                || DataFormat.class.isAssignableFrom(type)
                || CamelContext.class.isAssignableFrom(type);
    }
}
