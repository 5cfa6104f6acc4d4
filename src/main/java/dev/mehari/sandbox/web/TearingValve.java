package dev.mehari.sandbox.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Closes the connection of a request that asked for it, without a byte of an answer: no servlet can. */
class TearingValve extends ValveBase {
    private static final String TORN = TearingValve.class.getName();

    TearingValve() {
        super(true);
    }

    static void tear(HttpServletRequest request) {
        request.setAttribute(TORN, Boolean.TRUE);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(TORN) != null) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
