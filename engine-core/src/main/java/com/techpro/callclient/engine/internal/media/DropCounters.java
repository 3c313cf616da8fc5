// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.srtp.SrtpStatus;

/** Packets thrown away unheard, by reason; see {@link MediaStatistics.Drops}. */
final class DropCounters {
    long malformed;
    long clearText;
    long notAuthentic;
    long replayed;
    long unknownPayload;
    long unknownSource;
    long unwanted;
    long faults;

    void refused(SrtpStatus status) {
        switch (status) {
            case MALFORMED, NO_ROOM -> malformed++;
            case AUTH_FAILED -> notAuthentic++;
            case REPLAYED -> replayed++;
            case NOT_ENCRYPTED -> clearText++;
            case TOO_MANY_SOURCES -> unknownSource++;
            case KEY_EXPIRED, OK -> unwanted++;
        }
    }

    MediaStatistics.Drops snapshot() {
        return new MediaStatistics.Drops(
                malformed, clearText, notAuthentic, replayed, unknownPayload, unknownSource, unwanted, faults);
    }
}
