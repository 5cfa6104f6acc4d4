package dev.mehari.delivery;

import java.io.IOException;
import java.net.URI;

/**
 * Carries requests to what is not reached by HTTP. Its answers use HTTP's numbers for what they mean, so that a provider
 * judges both ways alike. Safe for use by many threads; waits for the answer.
 */
public interface Transport {

    /** Whether it knows the way to such an address. */
    boolean reaches(URI target);

    /**
     * @param target with its secrets; it is in no answer and no exception
     * @throws IOException there was no connection, or no answer in time
     */
    ProviderAnswer send(URI target, ProviderRequest request) throws IOException;
}
