package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedMBeanInfoTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final DefaultCamelContext camel = new DefaultCamelContext(false);

    @BeforeEach
    void start() throws Exception {
        new SharedMBeanInfo.Installation().postProcessBeforeInitialization(camel, "camel");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").log("1");
                from("direct:two").routeId("two").log("2");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    @Test
    void twoRoutes_shareTheirDescription_andNotTheirValues() throws Exception {
        var one = route("one");
        var two = route("two");

        assertThat(server.getMBeanInfo(one).getOperations()[0])
                .isSameAs(server.getMBeanInfo(two).getOperations()[0]);
        assertThat(server.getAttribute(one, "RouteId")).isEqualTo("one");
        assertThat(server.getAttribute(two, "RouteId")).isEqualTo("two");
        assertThat(server.invoke(two, "dumpRouteAsXml", new Object[0], new String[0])
                        .toString())
                .contains("direct:two");
    }

    private ObjectName route(String id) throws Exception {
        var pattern =
                new ObjectName("org.apache.camel:context=" + camel.getName() + ",type=routes,name=\"" + id + "\",*");
        return server.queryNames(pattern, null).iterator().next();
    }
}
