// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A login as it is kept, for the encrypted store alone (promise S1): what to log in to, and with what. The one-time code is not in it, and a
 * login with a client certificate is not kept at all, because its key belongs to the platform.
 *
 * @param kind the phone system's
 */
public record StoredLogin(String kind, Login login) {
    private static final int VERSION = 1;

    /** Whether it can be kept. */
    public static boolean keeps(Login login) {
        return login.trust().client() == null;
    }

    public byte[] encode() {
        return VersionedJson.encode(VERSION, this::write);
    }

    private void write(JsonObject json) {
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
    }

    /** The same with another password. */
    public StoredLogin withPassword(Secret password) {
        return new StoredLogin(kind, new Login(login.user(), password, login.server(), null, login.trust()));
    }

    /** @throws UnreadableException if it is damaged, or of a newer version of this engine */
    public static StoredLogin decode(byte[] stored) throws UnreadableException {
        return VersionedJson.decode(stored, VERSION, StoredLogin::read);
    }

    private static StoredLogin read(JsonObject json) {
        HostPort server = json.has("host")
                ? new HostPort(json.get("host").getAsString(), json.get("port").getAsInt())
                : null;
        List<X509Certificate> anchors = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (JsonElement anchor : json.getAsJsonArray("anchors")) {
                byte[] bytes = Base64.getDecoder().decode(anchor.getAsString());
                anchors.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("an anchor is a certificate", e);
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
    }

    @Override
    public String toString() {
        return "StoredLogin[redacted]";
    }
}
