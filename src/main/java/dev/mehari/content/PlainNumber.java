package dev.mehari.content;

import freemarker.core.Environment;
import freemarker.core.TemplateNumberFormat;
import freemarker.core.TemplateNumberFormatFactory;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How templates print numbers when they do not say how: no grouping, at most eight decimals (eight digits for tiny
 * ones), no trailing zeros. A number that arrived as a string is printed as it arrived.
 */
final class PlainNumber extends TemplateNumberFormat {

    /** Gives FreeMarker the format under a name. */
    static final class Factory extends TemplateNumberFormatFactory {
        @Override
        public TemplateNumberFormat get(String parameters, Locale locale, Environment environment) {
            return new PlainNumber();
        }
    }

    static String print(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue())
                    ? print(BigDecimal.valueOf(number.doubleValue()))
                    : number.toString();
        }
        return number instanceof BigDecimal decimal ? print(decimal) : number.toString();
    }

    private static String print(BigDecimal number) {
        boolean tiny = number.abs().compareTo(new BigDecimal("0.0001")) < 0;
        BigDecimal rounded = tiny
                ? number.round(new MathContext(8, RoundingMode.HALF_EVEN))
                : number.scale() > 8 ? number.setScale(8, RoundingMode.HALF_EVEN) : number;
        BigDecimal bare = rounded.stripTrailingZeros();
        return Math.abs(bare.scale()) > 400 ? bare.toString() : bare.toPlainString();
    }

    @Override
    public String formatToPlainText(TemplateNumberModel model) throws TemplateModelException {
        return model instanceof TemplateScalarModel text ? text.getAsString() : print(model.getAsNumber());
    }

    @Override
    public boolean isLocaleBound() {
        return false;
    }

    @Override
    public String getDescription() {
        return "plain";
    }
}
