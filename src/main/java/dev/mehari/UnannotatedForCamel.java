package dev.mehari;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * Has Camel look for its own annotations ({@code @Produce}, {@code @EndpointInject}) in none of Spring's 560 beans, as none has one; a
 * test holds that. Beans that want to know the context are told it all the same, and what route files make is looked at as ever
 * (decision 0089).
 */
@Component
class UnannotatedForCamel implements BeanFactoryPostProcessor {
    static final String LOOKS = "camelBeanPostProcessor";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (beans.containsBeanDefinition(LOOKS)) {
            beans.getBeanDefinition(LOOKS).getPropertyValues().add("enabled", false);
        }
    }
}
