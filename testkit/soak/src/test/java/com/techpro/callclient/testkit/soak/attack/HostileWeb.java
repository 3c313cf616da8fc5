// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.soak.attack.HostileServer.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A login by remote provisioning at a web server that means harm: what came of it is why it was refused. */
final class HostileWeb {
    private static final int LOGIN_LIMIT_SECONDS = 100;

    private HostileWeb() {}

    /** What a server answers to one request. */
    interface Answer {
        void give(Client client, String request) throws IOException;
    }

    /** What comes of answers like this to every request. */
    static String login(Answer answer) throws Exception {
        List<Throwable> defects = new CopyOnWriteArrayList<>();
        try (HostileServer server = new HostileServer(client -> {
                    while (true) {
                        answer.give(client, client.request());
                    }
                });
                CallClient client = CallClient.create(CallClientConfig.builder()
                        .callbacks(Runnable::run)
                        .failures((thread, failure) -> defects.add(failure))
                        .build())) {
            Login login = Login.of("1001@127.0.0.1", Secret.of("pw")).trusting(server.trust());
            LoginResult result = client.login(PhoneSystems.lpconfig("/p"), login.at(server.address()))
                    .toCompletableFuture()
                    .get(LOGIN_LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!defects.isEmpty()) {
                return "exception " + defects.get(0);
            }
            return result instanceof LoginResult.Refused refused
                    ? refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    : result.toString();
        }
    }

    static void document(Client client, String body) throws IOException {
        client.say("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    /** A gigabyte of spaces in a megabyte. */
    static void zipBomb(Client client) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            byte[] spaces = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < 256; i++) {
                zip.write(spaces);
            }
        }
        client.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
        client.say(packed.toByteArray());
    }

    /** An entity of a hundred million characters in a few hundred. */
    static String entities() {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY e0 \"0123456789\">");
        for (int i = 1; i < 8; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return bomb + "]><config><section name=\"proxy_0\"><entry name=\"x\">&e7;</entry></section></config>";
    }
}
