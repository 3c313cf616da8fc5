// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.provisioning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves each user's account as a Linphone configuration over HTTPS (lpconfig) to that
 * authenticated user. Users are checked on the signalling loop; the JDK's HTTP server runs on the
 * workers.
 */
public final class ProvisioningServer {
    public static final String PATH = "/provisioning";

    private final PbxSettings settings;
    private final ProvisioningSettings provisioning;
    private final Function<SipTransport, HostPort> addresses;
    private final @Nullable Mailboxes mailboxes;
    private final LoopCalls onLoop;
    private final Executor workers;
    private final Thread.UncaughtExceptionHandler failures;
    private final ProvisioningUsers users;
    private final AtomicLong refusals = new AtomicLong();
    private @Nullable HttpsServer server;
    private int port;

    public ProvisioningServer(
            PbxSettings settings,
            ProvisioningSettings provisioning,
            Function<SipTransport, HostPort> addresses,
            @Nullable Mailboxes mailboxes,
            LoopCalls onLoop,
            EngineLoop loop,
            Executor workers,
            Thread.UncaughtExceptionHandler failures,
            Random random) {
        this.settings = settings;
        this.provisioning = provisioning;
        this.addresses = addresses;
        this.mailboxes = mailboxes;
        this.onLoop = onLoop;
        this.workers = workers;
        this.failures = failures;
        this.port = provisioning.port();
        this.users = new ProvisioningUsers(settings, provisioning, loop, random);
    }

    public void open(SSLContext context) throws IOException {
        HttpsServer opened;
        try {
            opened = HttpsServer.create(new InetSocketAddress(settings.address(), port), 0);
        } catch (IOException e) {
            throw new IOException("HTTPS port " + port + ": " + e.getMessage(), e);
        }
        opened.setHttpsConfigurator(new HttpsConfigurator(context));
        opened.setExecutor(workers);
        opened.createContext("/", this::answer);
        opened.start();
        port = opened.getAddress().getPort();
        server = opened;
    }

    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Reopens on the same port with another certificate. */
    public void reopen(SSLContext context) {
        close();
        try {
            open(context);
        } catch (IOException e) {
            throw new IllegalStateException("the PBX's accounts cannot be served again", e);
        }
    }

    public long refusals() {
        return refusals.get();
    }

    /** Ends all lockouts and sets the count of refusals to 0. */
    public void reset() {
        onLoop.run(users::forgetAttempts);
        refusals.set(0);
    }

    public Login login(String extension) {
        Secret password = provisioning.passwords().get(extension);
        if (password == null) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return Login.of(extension + "@" + settings.domain(), password)
                .at(new HostPort(settings.address().getHostAddress(), port));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            read(exchange);
        } catch (RuntimeException | Error e) {
            // Otherwise the JDK's server would swallow it.
            failures.uncaughtException(Thread.currentThread(), e);
        }
    }

    private void read(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            respond(exchange, 404, "");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            respond(exchange, 405, "");
        } else if (!"1".equals(exchange.getRequestHeaders().getFirst("X-Linphone-Provisioning"))) {
            // As Flexisip's account manager does.
            respond(exchange, 400, "");
        } else {
            judge(exchange);
        }
    }

    private void judge(HttpExchange exchange) throws IOException {
        List<String> credentials = exchange.getRequestHeaders().get("Authorization");
        ProvisioningUsers.Verdict verdict =
                onLoop.call(() -> users.judge(credentials == null ? List.of() : List.copyOf(credentials)));
        if (verdict.retryAfter() != null) {
            refusals.incrementAndGet();
            exchange.getResponseHeaders()
                    .set(
                            "Retry-After",
                            Long.toString(Math.max(1, verdict.retryAfter().toSeconds())));
            respond(exchange, 429, "");
        } else if (verdict.extension() == null) {
            if (verdict.wrong()) {
                refusals.incrementAndGet();
            }
            verdict.challenges().forEach(text -> exchange.getResponseHeaders().add("WWW-Authenticate", text));
            respond(exchange, 401, "");
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/xml; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            respond(exchange, 200, document(verdict.extension()));
        }
    }

    private String document(String extension) {
        HostPort proxy = addresses.apply(SipTransport.TLS);
        Secret password = settings.extensions().get(extension);
        if (password == null) {
            throw new IllegalStateException("users are extensions");
        }
        return LpConfigWriter.document(settings, provisioning, extension, proxy, password, mailboxes);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
