package dev.mehari.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Tells Hawtio who has logged in; it leaves the login to Spring Security, and by itself would call everybody public. */
final class ConsoleName implements Filter {
    static final String PATH = "/hawtio/user";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String name = ((HttpServletRequest) request).getRemoteUser();
        if (name == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write('"' + name + '"');
    }
}
