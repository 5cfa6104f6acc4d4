package dev.mehari;

import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.stereotype.Component;

/** What Camel makes ends with Camel. It says so by an empty destroy method, which Spring leaves out of what the build prepares. */
@Component
class EndsWithCamel implements BeanFactoryPostProcessor {
    /** As Camel's configurations declare them; a test compares. */
    static final Set<String> BEANS = Set.of(
            "camelContext",
            "consumerTemplate",
            "fluentProducerTemplate",
            "producerTemplate",
            "properties",
            "typeConverter");

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        BEANS.stream()
                .filter(beans::containsBeanDefinition)
                .forEach(name -> ((AbstractBeanDefinition) beans.getBeanDefinition(name)).setDestroyMethodName(""));
    }
}
