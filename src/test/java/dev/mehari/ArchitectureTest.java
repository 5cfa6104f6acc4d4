package dev.mehari;

import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.mehari.security.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.apache.camel.BeanInject;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Consume;
import org.apache.camel.EndpointInject;
import org.apache.camel.Produce;
import org.apache.camel.PropertyInject;
import org.jspecify.annotations.NullMarked;
import org.springframework.scheduling.annotation.Scheduled;

/** What a stranger may rely on when moving about the house. */
@AnalyzeClasses(packages = "dev.mehari", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_dependOneWay =
            slices().matching("dev.mehari.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule notification_dependsOnNothingOfOurs = dependsOnNothingOfOurs("dev.mehari.notification");

    @ArchTest
    static final ArchRule problem_dependsOnNothingOfOurs = dependsOnNothingOfOurs("dev.mehari.problem");

    @ArchTest
    static final ArchRule secrets_areReadOnlyWhereRequestsAreSentOrChecked = noClasses()
            .that()
            .resideOutsideOfPackages("dev.mehari.delivery..", "dev.mehari.sandbox..", "dev.mehari.security..")
            .should()
            .callMethod(Secret.class, "reveal")
            .because("a secret that is not read cannot leave");

    @ArchTest
    static final ArchRule names_sayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)(\\$.*)?")
            .because("such a name fits any class, so it tells of none");

    @ArchTest
    static final ArchRule packages_sayWhatMayBeNull = classes().should(have(aNullMarkedPackage()));

    @ArchTest
    static final ArchRule beans_areInjectedByConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule output_goesThroughTheLog = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mehari.cli..")
            .and()
            .doNotHaveFullyQualifiedName("dev.mehari.Mehari")
            .and()
            .haveNameNotMatching(".*\\.Banner")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule time_comesFromTheInjectedClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalTime.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .because("a test can only turn a clock that was handed in");

    @ArchTest
    static final ArchRule beans_haveNoAnnotationsOfCamel_whichNobodyLooksFor = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    BeanInject.class,
                    BindToRegistry.class,
                    Consume.class,
                    EndpointInject.class,
                    Produce.class,
                    PropertyInject.class)
            .because("Camel's look through all beans is switched off: UnannotatedForCamel");

    @ArchTest
    static void scheduledTasks_haveAThreadEach(JavaClasses classes) {
        var tasks = classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Scheduled.class))
                .toList();
        assertThat(tasks).isNotEmpty().hasSizeLessThanOrEqualTo(SchedulingConfiguration.THREADS);
    }

    private static ArchRule dependsOnNothingOfOurs(String room) {
        return noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of another room",
                        other -> other.getPackageName().startsWith("dev.mehari")
                                && !other.getPackageName().startsWith(room)));
    }

    private static DescribedPredicate<JavaClass> aNullMarkedPackage() {
        return DescribedPredicate.describe(
                "a package-info.java with @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
