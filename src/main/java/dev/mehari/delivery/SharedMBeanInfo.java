package dev.mehari.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.spring.spi.SpringManagementMBeanAssembler;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets all MBeans of one kind share the description of their attributes and operations. With a route a channel there are
 * twenty MBeans a channel; a description of its own for each, as Camel makes them, takes 400 KB a channel. Thread-safe.
 */
class SharedMBeanInfo extends SpringManagementMBeanAssembler {
    private final Map<Kind, ModelMBeanInfo> known = new ConcurrentHashMap<>();

    /** @param custom the class of the object behind it, which may bring attributes of its own */
    private record Kind(Class<?> managed, @Nullable Class<?> custom) {}

    SharedMBeanInfo(CamelContext camel) {
        super(camel);
    }

    @Override
    public @Nullable ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
        var mbean = super.assemble(server, managed, name);
        if (mbean != null && mbean.getMBeanInfo() instanceof ModelMBeanInfo own) {
            mbean.setModelMBeanInfo(known.computeIfAbsent(kind(managed), kind -> own));
        }
        return mbean;
    }

    /** Camel takes up its assembler when the context is initialised, so it is exchanged before that. */
    static final class Installation implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof CamelContext camel) {
                camel.getCamelContextExtension().setManagementMBeanAssembler(new SharedMBeanInfo(camel));
            }
            return bean;
        }
    }

    private static Kind kind(Object managed) {
        var instance = managed instanceof ManagedInstance wrapper ? wrapper.getInstance() : null;
        return new Kind(managed.getClass(), instance == null ? null : instance.getClass());
    }
}
