package dev.mehari.sandbox.web;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Sandbox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands requests to the sandbox as they came, and its answers back, late or torn as it says. */
class SimulatorServlet extends HttpServlet {
    /** One more byte than the largest that any imitated provider takes, so that it can see the excess. */
    private static final int LARGEST = (50 << 20) + 1;

    private final transient Sandbox sandbox;

    SimulatorServlet(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = sandbox.answer(read(request));
        pause(answer);
        if (answer.reset()) {
            TearingValve.tear(request);
            return;
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static Request read(HttpServletRequest request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaderNames().asIterator().forEachRemaining(name -> headers.put(name, request.getHeader(name)));
        String query = request.getQueryString();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        byte[] body = request.getInputStream().readNBytes(LARGEST);
        return Request.of(
                request.getMethod(), query == null ? path : path + "?" + query, headers, body, request.getRemoteAddr());
    }

    private static void pause(Answer answer) {
        try {
            Thread.sleep(answer.delay());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
