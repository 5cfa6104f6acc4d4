package dev.mehari.content;

import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.problem.YamlNode.Scalar;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** One string of a card, compiled. Immutable, for any number of threads. */
final class TemplateText {

    /** Why a string could not be rendered for one notification: {@code data.pnl is missing}. */
    static final class Failure extends Exception {
        private final String reason;

        Failure(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Longer than any inbound body may be. */
    private static final int LONGEST = 300_000;

    private final Scalar source;
    private final @Nullable Supplier<Template> template;

    private TemplateText(Scalar source, @Nullable Supplier<Template> template) {
        this.source = source;
        this.template = template;
    }

    /**
     * Compiles what a scalar of a template file says.
     *
     * @throws ProblemException when it is no template, or one that is not allowed
     */
    static TemplateText compile(Scalar source) {
        if (isPlain(source)) {
            return new TemplateText(source, null);
        }
        Template template = template(source);
        TemplateGuard.check(source.text()).ifPresent(refusal -> {
            throw new ProblemException(List.of(at(source, refusal.index(), refusal.message())));
        });
        return new TemplateText(source, () -> template);
    }

    /** What the build has compiled, and so is right: it is compiled again when it is first rendered. */
    static TemplateText proven(Scalar source) {
        return new TemplateText(source, isPlain(source) ? null : SingletonSupplier.of(() -> template(source)));
    }

    private static boolean isPlain(Scalar source) {
        String text = source.text();
        return !text.contains("${") && !text.contains("<#") && !text.contains("<@");
    }

    private static Template template(Scalar source) {
        try {
            return new Template(source.place().file(), new StringReader(source.text()), Language.SHUT);
        } catch (ParseException e) {
            throw new ProblemException(List.of(source.problemAt(
                    e.getLineNumber(),
                    e.getColumnNumber(),
                    "This is no FreeMarker template: " + oneLine(e.getEditorMessage()))));
        } catch (IOException e) {
            throw new ProblemException(List.of(source.problem("The template cannot be read: " + e.getMessage())));
        }
    }

    /** The text for one notification, white space around it removed; empty when there is nothing to show. */
    String render(Model model) throws Failure {
        if (template == null) {
            return source.text().strip();
        }
        try {
            BoundedWriter output = new BoundedWriter(LONGEST);
            template.get().process(model.root(), output, model);
            return output.toString().strip();
        } catch (InvalidReferenceException e) {
            String expression = e.getBlamedExpressionString();
            throw new Failure((expression == null ? "a value" : expression) + " is missing");
        } catch (TemplateException e) {
            throw new Failure(oneLine(e.getMessageWithoutStackTop()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Failure(oneLine(String.valueOf(e.getMessage())));
        }
    }

    /** Whether it renders to the same text always. */
    boolean fixed() {
        return template == null;
    }

    /** Where it stands, and with what. */
    Scalar source() {
        return source;
    }

    private static Problem at(Scalar source, int index, String message) {
        String before = source.text().substring(0, index);
        int line = (int) before.chars().filter(sign -> sign == '\n').count() + 1;
        return source.problemAt(line, index - before.lastIndexOf('\n'), message);
    }

    private static String oneLine(@Nullable String message) {
        String first = message == null ? "" : message.split("\\n\\s*\\n|\\n----", 2)[0];
        return Text.cut(first.replace("==>", "").replaceAll("\\s+", " ").strip(), 240, "…");
    }

    /** Made when the first template is. */
    private static final class Language {
        private static final Configuration SHUT = language();
    }

    /** FreeMarker with every door shut, the same on every machine. */
    static Configuration language() {
        Configuration language = new Configuration(Configuration.VERSION_2_3_33);
        language.setTemplateLoader(null);
        language.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        language.setAPIBuiltinEnabled(false);
        language.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_33));
        language.setOutputFormat(PlainTextOutputFormat.INSTANCE);
        language.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
        language.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
        language.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        language.setLogTemplateExceptions(false);
        language.setWrapUncheckedExceptions(true);
        language.setLocalizedLookup(false);
        language.setLocale(Locale.ENGLISH);
        language.setTimeZone(TimeZone.getTimeZone("UTC"));
        language.setCustomNumberFormats(Map.of("plain", new PlainNumber.Factory()));
        language.setNumberFormat("@plain");
        language.setBooleanFormat("c");
        language.setDateFormat("iso");
        language.setTimeFormat("iso");
        language.setDateTimeFormat("iso");
        return language;
    }
}
