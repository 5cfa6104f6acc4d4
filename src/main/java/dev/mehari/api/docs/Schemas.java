package dev.mehari.api.docs;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** JSON schemas (2020-12, as OpenAPI 3.1 has them) of Java types, each record once. */
final class Schemas {
    private final ModelConverters converters = new ModelConverters(true);
    private final Map<String, Schema<?>> named = new TreeMap<>();

    Schemas() {
        converters.addConverter(new RecordSchemas());
    }

    /** The schema itself, or for a record a reference to it in {@link #named()}. */
    Schema<?> of(Type type) {
        var found = converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        found.referencedSchemas.forEach((name, schema) -> named.putIfAbsent(name, schema));
        return found.schema;
    }

    /** What {@link #of} had to name so far, to be put into the document. */
    Map<String, Schema<?>> named() {
        return named;
    }

    Schema<?> named(String name) {
        return Objects.requireNonNull(named.get(name));
    }

    Schema<?> text() {
        return plain("string");
    }

    Schema<?> anything() {
        return new Schema<>(SpecVersion.V31);
    }

    Schema<?> list(Schema<?> items) {
        return plain("array").items(items);
    }

    private static Schema<?> plain(String type) {
        return new Schema<>(SpecVersion.V31).types(Set.of(type));
    }

    static Content json(Schema<?> schema) {
        return content("application/json", schema);
    }

    static Content content(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }
}
