package dev.mehari.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.HtmlUtils;

/** The page on which a person logs in to the console. */
@Controller
class LoginPage {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private final String page;

    LoginPage() throws IOException {
        page = new ClassPathResource("pages/login.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping("/login")
    ResponseEntity<String> show(HttpServletRequest request) {
        Object token = request.getAttribute(CsrfToken.class.getName());
        String csrf = token instanceof CsrfToken known ? known.getToken() : "";
        String shown = page.replace("{csrf}", HtmlUtils.htmlEscape(csrf)).replace("<!--note-->", note(request));
        return ResponseEntity.ok().contentType(HTML).body(shown);
    }

    private static String note(HttpServletRequest request) {
        if (request.getParameter("error") != null) {
            return "<p class=\"note\" role=\"alert\">User or password is wrong.</p>";
        }
        return request.getParameter("logout") != null ? "<p class=\"note\">You are logged out.</p>" : "";
    }
}
