package dev.mehari.api.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says of our records what the compiler knows: what may be null, and that everything else is always there. */
final class RecordSchemas implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        var shape = shape(type);
        if (shape == Object.class) {
            return new Schema<>(SpecVersion.V31);
        }
        if (shape == ZoneId.class) {
            return new Schema<>(SpecVersion.V31).types(Set.of("string"));
        }
        var schema = others.hasNext() ? others.next().resolve(type, context, others) : null;
        if (schema != null
                && shape != null
                && shape.isRecord()
                && shape.getName().startsWith("dev.mehari.")) {
            describe(shape, whole(schema, context));
        }
        return schema;
    }

    private static @Nullable Class<?> shape(AnnotatedType type) {
        return type.getType() == null
                ? null
                : TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
    }

    private static Schema<?> whole(Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        var named = reference == null ? null : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        return named == null ? schema : named;
    }

    private static void describe(Class<?> shape, Schema<?> schema) {
        var properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        var required = new TreeSet<String>();
        boolean nullsAreWritten = !shape.isAnnotationPresent(JsonInclude.class);
        properties.replaceAll((name, property) -> {
            boolean nullable = nullable(shape, name);
            if (!nullable || nullsAreWritten) {
                required.add(name);
            }
            return nullable ? orNull(property) : property;
        });
        schema.setRequired(List.copyOf(required));
    }

    /** Of a component, or of a method that is shown beside the components. */
    private static boolean nullable(Class<?> shape, String name) {
        return Arrays.stream(shape.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getAnnotatedType)
                .findFirst()
                .or(() -> Arrays.stream(shape.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                        .map(method -> method.getAnnotatedReturnType())
                        .findFirst())
                .map(type -> type.isAnnotationPresent(Nullable.class))
                .orElse(false);
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() == null) {
            return new Schema<>().anyOf(List.of(schema, new Schema<>().types(Set.of("null"))));
        }
        schema.addType("null");
        return schema;
    }
}
