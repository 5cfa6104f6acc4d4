package dev.mehari.security;

import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AllowAllRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What the console may see and do through Jolokia: Camel, the lanes, the JVM's own figures. Everything else is not there.
 * The tracer and debugger are not there either: they show messages on their way, headers and targets included.
 */
final class ConsoleView extends AllowAllRestrictor {
    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.EXEC, RequestType.VERSION);
    private static final Set<String> DOMAINS =
            Set.of("org.apache.camel", "dev.mehari", "java.lang", "java.nio", "hawtio", "quartz", "jolokia");
    private static final Set<String> EXECUTABLE =
            Set.of("org.apache.camel", "dev.mehari", "hawtio", "quartz", "jolokia");
    private static final Set<String> HIDDEN_CAMEL_TYPES = Set.of("tracer", "debugger");

    /** The JVM's start arguments and properties may hold passwords. */
    private static final Set<String> HIDDEN_ATTRIBUTES = Set.of("SystemProperties", "InputArguments");

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return true;
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return !isObjectNameHidden(name) && !HIDDEN_ATTRIBUTES.contains(attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return !isObjectNameHidden(name)
                && EXECUTABLE.contains(name.getDomain())
                && !operation.startsWith("updateRoute");
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        String type = name.getKeyProperty("type");
        return !DOMAINS.contains(name.getDomain())
                || (name.getDomain().equals("org.apache.camel") && type != null && HIDDEN_CAMEL_TYPES.contains(type));
    }
}
