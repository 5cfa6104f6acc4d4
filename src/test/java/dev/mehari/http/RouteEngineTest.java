package dev.mehari.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RouteEngineTest {
    private final RouteEngine engine = new RouteEngine();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MockFilterChain springMvc = new MockFilterChain();

    @BeforeEach
    void openDoors() throws Exception {
        var component = new PlatformHttpComponent();
        component.setEngine(engine);
        camel.addComponent("platform-http", component);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/door?httpMethodRestrict=POST")
                        .routeId("door")
                        .setBody(simple("${header.X-Kind} ${header.shade} ${bodyAs(String)} ${header.CamelHttpMethod}"))
                        .removeHeaders("*")
                        .setHeader("CamelHttpResponseCode", constant(202))
                        .setHeader("Retry-After", constant("7"))
                        .setHeader("Content-Type", constant("text/plain"));
                from("platform-http:/webhook/{source}").routeId("sources").setBody(simple("from ${header.source}"));
                from("platform-http:/broken").routeId("broken").throwException(new IllegalStateException("a secret"));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void route_getsBodyHeadersAndQuery_andItsAnswerGoesOut() throws Exception {
        var request = request("POST", "/door");
        request.setQueryString("shade=deep%20blue");
        request.addHeader("X-Kind", "wave");
        request.addHeader("CamelHttpMethod", "DELETE");
        request.setContent("body".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        var answer = call(request);

        assertThat(answer.getStatus()).isEqualTo(202);
        assertThat(answer.getContentAsString()).isEqualTo("wave deep blue body POST");
        assertThat(answer.getHeader("Retry-After")).isEqualTo("7");
        assertThat(answer.getContentType()).isEqualTo("text/plain");
        assertThat(answer.getHeaderNames()).noneMatch(name -> name.startsWith("Camel"));
    }

    @Test
    void otherMethodsAndPaths_areSpringMvcs() throws Exception {
        engine.doFilter(request("GET", "/door"), new MockHttpServletResponse(), springMvc);
        assertThat(springMvc.getRequest()).isNotNull();
    }

    @Test
    void namesInAPath_becomeHeaders() throws Exception {
        assertThat(call(request("POST", "/webhook/tally")).getContentAsString()).isEqualTo("from tally");
    }

    @Test
    void routeThatFails_saysNothingOfWhy() throws Exception {
        var answer = call(request("POST", "/broken"));
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getContentAsString()).doesNotContain("secret");
    }

    @Test
    void routeThatStopped_isSpringMvcsToAnswer() throws Exception {
        camel.getRouteController().stopRoute("door");
        engine.doFilter(request("POST", "/door"), new MockHttpServletResponse(), springMvc);
        assertThat(springMvc.getRequest()).isNotNull();
    }

    private static MockHttpServletRequest request(String method, String path) {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        return request;
    }

    private MockHttpServletResponse call(MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        engine.doFilter(request, response, springMvc);
        return response;
    }
}
