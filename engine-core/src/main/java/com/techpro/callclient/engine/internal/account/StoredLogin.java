// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login as it is kept, for the encrypted store alone (promise S1): what to log in to, and with what. The one-time code is not in it, and a
 * login with a client certificate is not kept at all, because its key belongs to the platform.
 *
 * @param kind the phone system's
 */
public record StoredLogin(String kind, Login login) {
    /** The name it is stored under. */
    public static final String NAME = "account";

    private static final int VERSION = 1;

    /** Whether it can be kept. */
    public static boolean keeps(Login login) {
        return login.trust().client() == null;
    }

    public byte[] encode() {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("kind", kind);
        json.addProperty("user", login.user());
        login.password().use(SecretAccess.forAuthenticators(), characters -> {
            json.addProperty("password", new String(characters));
            return Boolean.TRUE;
        });
        HostPort server = login.server();
        if (server != null) {
            json.addProperty("host", server.host());
            json.addProperty("port", server.port());
        }
        JsonArray anchors = new JsonArray();
        JsonArray pins = new JsonArray();
        try {
            for (X509Certificate anchor : login.trust().anchors()) {
                anchors.add(Base64.getEncoder().encodeToString(anchor.getEncoded()));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("an anchor is a certificate that can be written", e);
        }
        login.trust().pins().forEach(pins::add);
        json.add("anchors", anchors);
        json.add("pins", pins);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Null if it was written by another version of this engine that is not understood, or is damaged. */
    public static @Nullable StoredLogin decode(byte[] stored) {
        try {
            JsonObject json = JsonParser.parseString(new String(stored, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (json.get("version").getAsInt() != VERSION) {
                return null;
            }
            HostPort server = json.has("host")
                    ? new HostPort(
                            json.get("host").getAsString(), json.get("port").getAsInt())
                    : null;
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> anchors = new ArrayList<>();
            for (JsonElement anchor : json.getAsJsonArray("anchors")) {
                byte[] bytes = Base64.getDecoder().decode(anchor.getAsString());
                anchors.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
            }
            List<String> pins = new ArrayList<>();
            json.getAsJsonArray("pins").forEach(pin -> pins.add(pin.getAsString()));
            Login login = new Login(
                    json.get("user").getAsString(),
                    Secret.of(json.get("password").getAsString()),
                    server,
                    null,
                    new TlsTrust(anchors, pins, null));
            return new StoredLogin(json.get("kind").getAsString(), login);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | NullPointerException
                | ClassCastException
                | CertificateException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "StoredLogin[redacted]";
    }
}
