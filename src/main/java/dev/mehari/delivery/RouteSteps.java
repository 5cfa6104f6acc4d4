package dev.mehari.delivery;

import dev.mehari.delivery.budget.ProviderBudget;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The steps of {@code routes/delivery.yaml} that every delivery takes. Named here, Camel calls them without looking for a
 * method by its name each time, in tables of each route's own that no processor's cache holds for 200 routes.
 */
@Configuration(proxyBeanMethods = false)
class RouteSteps {

    @Bean
    Processor acquireBudget(ProviderBudget budget) {
        return budget::acquire;
    }

    @Bean
    Processor composeRequest(RequestWriter writer) {
        return writer::composeRequest;
    }

    @Bean
    Processor judgeAnswer(AnswerJudge judge) {
        return judge::judgeAnswer;
    }

    @Bean
    Processor giveUp(Verdicts verdicts) {
        return verdicts::giveUp;
    }
}
