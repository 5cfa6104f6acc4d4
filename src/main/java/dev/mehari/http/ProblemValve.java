package dev.mehari.http;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers what never gets as far as a servlet (a malformed request line, a bad header) without a word about Tomcat. */
public class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = ProblemJson.bytes(status, ProblemJson.code(status), null, TraceId.random(), List.of());
        try {
            response.setContentType(ProblemJson.CONTENT_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // The caller has left, or an answer is already on its way: there is nobody to tell.
        }
    }
}
