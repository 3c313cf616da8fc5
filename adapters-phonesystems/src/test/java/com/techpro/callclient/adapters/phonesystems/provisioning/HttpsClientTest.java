// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the web client does with addresses that lead out of TLS, or to somebody else. */
class HttpsClientTest {
    private final FakeLoginContext context = new FakeLoginContext().local(StubServer.HOST);

    HttpsClientTest() {
        context.allow(List.of(new HostPort(StubServer.HOST, 0)));
    }

    @Test
    void S4_an_address_without_TLS_is_not_even_connected_to() throws Exception {
        try (MockWebServer clear = new MockWebServer();
                HttpsClient client = new HttpsClient(context, StubServer.trust())) {
            clear.start(InetAddress.getLoopbackAddress(), 0);
            clear.enqueue(new MockResponse.Builder().code(200).body("hello").build());
            HostPort server = new HostPort(StubServer.HOST, clear.getPort());
            String address = "http://" + StubServer.HOST + ":" + clear.getPort() + "/account";

            assertThat(catchThrowableOfType(
                            LoginRefusedException.class,
                            () -> client.send("GET", server, address, Map.of("Authorization", "Basic x"), null)))
                    .isNotNull();
            assertThat(clear.getRequestCount()).isZero();
            assertThat(context.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a?b=c,                       /a?b=c",
        "https://pbx.test:PORT/a,      /a",
        "http://pbx.test:PORT/a,",
        "https://pbx.test:1/a,",
        "https://other.test:PORT/a,",
        "//other.test:PORT/a,",
        "https://me@pbx.test:PORT/a,",
        "https://:pw@pbx.test:PORT/a,",
        "mailto:me@pbx.test,"
    })
    void S4_a_redirect_is_one_to_the_same_server_over_TLS_or_none(String location, String path) throws Exception {
        try (StubServer server = new StubServer("user", "pw");
                HttpsClient client = new HttpsClient(context, StubServer.trust())) {
            String there =
                    location.replace("PORT", Integer.toString(server.address().port()));
            server.answers = request -> StubServer.status(302, "Location", there);

            HttpAnswer answer = client.send("GET", server.address(), "/", Map.of(), null);

            assertThat(answer.elsewhere()).isEqualTo(path);
            assertThat(server.requests).hasSize(1);
        }
    }
}
