// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * The input parameters of Acrobits' external provisioning, as a form in a request's body. It is
 * sent inside TLS, never in a URL, and wiped afterwards.
 */
final class AcrobitsForm implements AutoCloseable {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*";
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] encoded;

    AcrobitsForm(Login login) {
        WipingOutput out = new WipingOutput();
        out.text("cloud_username=");
        out.value(login.user().getBytes(StandardCharsets.UTF_8));
        out.text("&cloud_password=");
        out.secret(login.password());
        Secret code = login.oneTimeCode();
        if (code != null) {
            out.text("&verification_code=");
            out.secret(code);
        }
        this.encoded = out.toByteArray();
        out.wipe();
    }

    RequestBody body() {
        return RequestBody.create(encoded, FORM);
    }

    @Override
    public void close() {
        Arrays.fill(encoded, (byte) 0);
    }

    private static final class WipingOutput extends ByteArrayOutputStream {
        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            write(bytes, 0, bytes.length);
        }

        void secret(Secret secret) {
            secret.useUtf8(SecretAccess.forAuthenticators(), bytes -> {
                value(bytes);
                return Boolean.TRUE;
            });
        }

        void value(byte[] bytes) {
            for (byte b : bytes) {
                if (UNRESERVED.indexOf(b) >= 0) {
                    write(b);
                } else {
                    write('%');
                    write(HEX[(b >> 4) & 0xF]);
                    write(HEX[b & 0xF]);
                }
            }
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
