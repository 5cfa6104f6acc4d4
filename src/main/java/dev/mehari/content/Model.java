package dev.mehari.content;

import dev.mehari.notification.Notification;
import freemarker.template.DefaultMapAdapter;
import freemarker.template.SimpleDate;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import freemarker.template.utility.ObjectWrapperWithAPISupport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees of one notification: plain values and nothing of Java behind them. A string that is a number can
 * also be used as one. Counts what is read, so that nested loops over large data come to an end. For one render, one
 * thread.
 */
final class Model implements ObjectWrapperWithAPISupport {

    private static final int MOST_READS = 200_000;
    private static final int LARGEST_SCALE = 400;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private final TemplateHashModel root;
    private int reads;

    Model(Notification notification, String channel) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("type", notification.type());
        facts.put("title", notification.title());
        facts.put("text", notification.text());
        facts.put("data", notification.data());
        facts.put("priority", notification.priority().toString());
        facts.put("recipient", notification.recipient());
        facts.put("source", notification.source());
        facts.put("traceId", notification.traceId());
        facts.put("id", notification.id());
        facts.put("createdAt", notification.createdAt());
        facts.put("channel", channel);
        this.root = DefaultMapAdapter.adapt(facts, this);
    }

    TemplateHashModel root() {
        return root;
    }

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
        if (++reads > MOST_READS) {
            throw new TemplateModelException("it reads more than " + MOST_READS + " values, its loops are too large");
        }
        return switch (value) {
            case null -> null;
            case TemplateModel model -> model;
            case String text -> NUMBER.matcher(text).matches() ? new NumericText(text) : new SimpleScalar(text);
            case Number number -> new SimpleNumber(bounded(number));
            case Boolean truth -> truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
            case Map<?, ?> map -> DefaultMapAdapter.adapt(map, this);
            case List<?> list -> new Items(list);
            case Instant instant -> new SimpleDate(Date.from(instant), TemplateDateModel.DATETIME);
            default -> new SimpleScalar(value.toString());
        };
    }

    /** 1E+999999999 is a short thing to send and a gigabyte to add one to. */
    private static Number bounded(Number number) {
        return number instanceof BigDecimal decimal && Math.abs(decimal.scale()) > LARGEST_SCALE
                ? (Number) decimal.doubleValue()
                : number;
    }

    @Override
    public TemplateHashModel wrapAsAPI(Object value) throws TemplateModelException {
        throw new TemplateModelException("templates see no Java");
    }

    /** A string such as "12.5": prints as it is, counts as a number. */
    private record NumericText(String text) implements TemplateScalarModel, TemplateNumberModel {
        @Override
        public String getAsString() {
            return text;
        }

        @Override
        public Number getAsNumber() {
            return new BigDecimal(text);
        }
    }

    private final class Items implements TemplateSequenceModel {
        private final List<?> list;

        private Items(List<?> list) {
            this.list = list;
        }

        @Override
        public @Nullable TemplateModel get(int index) throws TemplateModelException {
            return index >= 0 && index < list.size() ? wrap(list.get(index)) : null;
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}
