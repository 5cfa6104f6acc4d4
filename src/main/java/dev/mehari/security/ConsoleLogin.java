package dev.mehari.security;

import dev.mehari.http.ProblemJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** The login of the console pages: Hawtio, its Jolokia, and from elsewhere the sandbox and the metrics. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ConsoleLogin {
    private static final String LOGIN = "/login";

    /** The paths Spring Security is asked about at all. */
    static final String[] PATHS = {
        LOGIN, "/logout", "/hawtio", "/hawtio/*", "/jolokia", "/jolokia/*", "/sandbox", "/sandbox/*", "/metrics"
    };

    @Bean
    SecurityFilterChain console(HttpSecurity http) throws Exception {
        HttpSessionRequestCache pagesOnly = new HttpSessionRequestCache();
        pagesOnly.setRequestMatcher(ConsoleLogin::isPage);
        return http.securityMatcher(request -> !Gate.admitted(request))
                .authorizeHttpRequests(asked -> asked.anyRequest().hasRole(ConsoleUser.ROLE))
                .formLogin(form ->
                        form.loginPage(LOGIN).defaultSuccessUrl("/hawtio/").permitAll())
                .logout(logout -> logout.logoutSuccessUrl(LOGIN + "?logout").permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(ConsoleLogin::tokenInCookie)
                .headers(headers -> headers.frameOptions(FrameOptionsConfig::sameOrigin))
                .requestCache(cache -> cache.requestCache(pagesOnly))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(
                                (request, response, reason) -> askForLogin(request, response))
                        .accessDeniedHandler((request, response, reason) -> ProblemJson.send(
                                request, response, 403, "forbidden", "The console's own token is missing.")))
                .build();
    }

    /** Hawtio reads the token from the cookie and sends it back as a header, which a stranger's page cannot do. */
    private static void tokenInCookie(CsrfConfigurer<HttpSecurity> csrf) {
        CsrfTokenRequestAttributeHandler atOnce = new CsrfTokenRequestAttributeHandler();
        atOnce.setCsrfRequestAttributeName(null);
        csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()).csrfTokenRequestHandler(atOnce);
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    }

    private static void askForLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isPage(request)) {
            response.sendRedirect(LOGIN);
            return;
        }
        // A script in a page gets no challenge, or the browser would open its own password window over the page.
        if (request.getHeader("Sec-Fetch-Mode") == null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Mehari console\"");
        }
        ProblemJson.send(request, response, 401, "unauthorized", "Log in as admin with the console's password.");
    }
}
