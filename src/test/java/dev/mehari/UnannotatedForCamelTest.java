package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

class UnannotatedForCamelTest {
    @Test
    void beans_areNotLookedThrough_butAreToldTheContext() throws Exception {
        try (var spring = new GenericApplicationContext();
                var camel = new DefaultCamelContext()) {
            spring.registerBean("camelContext", CamelContext.class, () -> camel);
            spring.registerBean(UnannotatedForCamel.LOOKS, CamelBeanPostProcessor.class);
            spring.registerBean(UnannotatedForCamel.class);
            spring.registerBean(Curious.class);
            spring.refresh();

            assertThat(spring.getBean(CamelBeanPostProcessor.class).isEnabled()).isFalse();
            assertThat(spring.getBean(Curious.class).getCamelContext()).isSameAs(camel);
        }
    }

    @Test
    void name_isTheOneThatCamelGivesIt() {
        assertThat(org.apache.camel.spring.boot.CamelAutoConfiguration.class.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(UnannotatedForCamel.LOOKS));
    }

    static final class Curious implements CamelContextAware {
        private CamelContext context;

        @Override
        public CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(CamelContext context) {
            this.context = context;
        }
    }
}
