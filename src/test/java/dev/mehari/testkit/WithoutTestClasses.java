package dev.mehari.testkit;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** What other tests configure for themselves is no part of the gateway. */
public final class WithoutTestClasses extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader candidate, MetadataReaderFactory others) throws IOException {
        return candidate.getResource().getURL().getPath().contains("/test-classes/");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WithoutTestClasses;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
