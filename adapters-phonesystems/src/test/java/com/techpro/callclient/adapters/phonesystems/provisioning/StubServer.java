// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.stack.sip.auth.DigestVerifier;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A web server with a certificate for {@code pbx.test} and a user, which keeps every request in full. */
public final class StubServer implements AutoCloseable {
    public static final String HOST = "pbx.test";

    private static final Certificates.Identity AUTHORITY = Certificates.authority("test authority");
    private static final Certificates.Identity SERVER = Certificates.named(HOST)
            .dns(HOST)
            .dns("*.wild.test")
            .ip("127.0.0.1")
            .issuedBy(AUTHORITY);

    public final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    public final MockWebServer web = new MockWebServer();
    private final DigestVerifier verifier = new DigestVerifier(
            "r", List.of(DigestAlgorithm.SHA_256), "auth", Duration.ofMinutes(5), Seeds.random(1), System::nanoTime);
    private final String user;
    private final String password;
    public volatile Function<RecordedRequest, MockResponse> answers = request -> status(404);

    public StubServer(String user, String password) {
        this(user, password, SERVER);
    }

    StubServer(String user, String password, Certificates.Identity identity) {
        this.user = user;
        this.password = password;
        web.useHttps(identity.context(AUTHORITY.certificate()).getSocketFactory());
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answers.apply(request);
            }
        });
        try {
            web.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TlsTrust trust() {
        return TlsTrust.anchoredAt(AUTHORITY.certificate());
    }

    public HostPort address() {
        return new HostPort(HOST, web.getPort());
    }

    public static MockResponse status(int code, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(code);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        return response.build();
    }

    public static MockResponse document(String body) {
        return new MockResponse.Builder().code(200).body(body).build();
    }

    /** What Digest makes of a request: the answer, or the challenge. */
    public synchronized MockResponse behindDigest(RecordedRequest request, MockResponse answer) {
        List<String> given = request.getHeaders().values("Authorization");
        var judgement = verifier.verify(
                given, request.getMethod(), new byte[0], name -> name.equals(user) ? Secret.of(password) : null);
        if (judgement.verdict() == DigestVerifier.Verdict.ACCEPTED) {
            return answer;
        }
        MockResponse.Builder refused = new MockResponse.Builder().code(401);
        verifier.challenges(false).forEach(text -> refused.addHeader("WWW-Authenticate", text));
        return refused.build();
    }

    MockResponse behindBasic(RecordedRequest request, MockResponse answer) {
        String right =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return right.equals(request.getHeaders().get("Authorization"))
                ? answer
                : status(401, "WWW-Authenticate", "Basic realm=\"r\"");
    }

    /** Everything that a request was, readable. */
    public static String text(RecordedRequest request) {
        return request.getRequestLine() + "\n" + request.getHeaders()
                + (request.getBody() == null ? "" : request.getBody().utf8());
    }

    @Override
    public void close() {
        web.close();
    }
}
