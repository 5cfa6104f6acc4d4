package dev.mehari.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** The last net under law 5: what JMX and the metrics say goes through redaction before it leaves. */
final class MaskedAnswers implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper((HttpServletResponse) response);
        chain.doFilter(request, kept);
        byte[] body = kept.getContentAsByteArray();
        String text = new String(body, StandardCharsets.UTF_8);
        String masked = Redaction.mask(text);
        if (!masked.equals(text)) {
            kept.resetBuffer();
            kept.getOutputStream().write(masked.getBytes(StandardCharsets.UTF_8));
        }
        kept.copyBodyToResponse();
    }
}
