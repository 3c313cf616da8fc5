// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.dtls.DtlsRole;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of {@code a=setup} (RFC 4145 §4), as RFC 5763 §5 uses them. */
enum Setup {
    ACTIVE,
    PASSIVE,
    ACTPASS,
    HOLDCONN;

    static @Nullable Setup of(String value) {
        for (Setup setup : values()) {
            if (setup.token().equalsIgnoreCase(value.trim())) {
                return setup;
            }
        }
        return null;
    }

    static Setup of(DtlsRole role) {
        return role == DtlsRole.CLIENT ? ACTIVE : PASSIVE;
    }

    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of who answers an offer with this.
     *
     * @param current what it is so far: a handshake that is done is not undone by a later offer (RFC 8842 §5.4); null before
     * @return null if there is none
     */
    @Nullable
    DtlsRole answer(@Nullable DtlsRole current) {
        return switch (this) {
            case ACTIVE -> DtlsRole.SERVER;
            case PASSIVE -> DtlsRole.CLIENT;
            case ACTPASS -> current == null ? DtlsRole.CLIENT : current;
            case HOLDCONN -> null;
        };
    }

    /**
     * The role of who offered either, and was answered with this.
     *
     * @param current what it is so far; null before. Some repeat in each later answer the actpass that they once offered (baresip): nothing changes
     *     then
     * @return null if that is no answer
     */
    @Nullable
    DtlsRole conclude(@Nullable DtlsRole current) {
        return this == ACTPASS ? current : answer(null);
    }
}
