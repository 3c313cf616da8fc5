// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * A feed with Sparkle's signature (since its version 2.9): a comment at the very end, with an
 * Ed25519 signature (RFC 8032) over all preceding bytes and their number.
 */
final class SignedFeed {
    private static final Pattern SIGNATURE = Pattern.compile(
            "<!-- sparkle-signatures:\nedSignature: ([A-Za-z0-9+/]{86}==)\nlength: ([0-9]{1,9})\n-->\\s*\\z");

    private SignedFeed() {}

    /** Returns the signed bytes, or null if they are not signed by this key. */
    static byte @Nullable [] verified(byte[] feed, Ed25519PublicKeyParameters key) {
        Matcher found = SIGNATURE.matcher(new String(feed, StandardCharsets.ISO_8859_1));
        if (!found.find() || Integer.parseInt(found.group(2)) != found.start()) {
            return null;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(feed, 0, found.start());
        return verifier.verifySignature(Base64.getDecoder().decode(found.group(1)))
                ? Arrays.copyOf(feed, found.start())
                : null;
    }
}
