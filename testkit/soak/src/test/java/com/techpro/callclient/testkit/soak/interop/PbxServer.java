// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The embedded PBX in real time, for softphones that are other programs. */
final class PbxServer implements PhoneServer, AutoCloseable {
    private final EmbeddedPbx pbx;
    private final Path authority;

    PbxServer(Path directory, String... extensions) {
        // baresip 1.1 gives up at a challenge with SHA-256, whatever else it is offered beside it (RFC 8760 §2.4).
        PbxBuilder builder = EmbeddedPbx.builder().domain(DOMAIN).digests("MD5");
        for (String extension : extensions) {
            builder.extension(extension, PhoneServer.passwordOf(extension));
        }
        this.pbx = builder.start();
        this.authority = directory.resolve("pbx-authority.pem");
        try {
            Files.writeString(authority, pbx.authorityPem());
        } catch (IOException e) {
            pbx.close();
            throw new UncheckedIOException(e);
        }
    }

    EmbeddedPbx pbx() {
        return pbx;
    }

    @Override
    public int port(SipTransport transport) {
        return pbx.address(transport).port();
    }

    @Override
    public Path authorityFile() {
        return authority;
    }

    @Override
    public void close() {
        pbx.close();
    }
}
