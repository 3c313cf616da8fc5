// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.srtp.SrtpStatus;

/** Counts dropped packets by reason; see {@link MediaStatistics.Drops}. */
final class DropCounters {
    long malformed;
    long clearText;
    long notAuthentic;
    long replayed;
    long unknownPayload;
    long unknownSource;
    long unwanted;
    long beforeKeys;
    long faults;

    private volatile MediaStatistics.Drops published = MediaStatistics.Drops.NONE;

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

    /** Belongs to the media loop. */
    MediaStatistics.Drops snapshot() {
        published = counted();
        return published;
    }

    /** The counters at the last snapshot; callable from any thread. */
    MediaStatistics.Drops published() {
        return published;
    }

    private MediaStatistics.Drops counted() {
        return new MediaStatistics.Drops(
                malformed,
                clearText,
                notAuthentic,
                replayed,
                unknownPayload,
                unknownSource,
                unwanted,
                beforeKeys,
                faults);
    }
}
