// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.ports.push.PushToken;
import java.util.function.Consumer;

/**
 * The push service that the PBX knows (RFC 8599).
 *
 * @param provider its {@code pn-provider}
 * @param wake told of each device to be woken, on the PBX's loop
 */
public record PushSettings(String provider, Consumer<PushToken> wake) {}
