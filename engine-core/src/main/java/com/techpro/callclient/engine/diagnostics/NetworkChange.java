// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Instant;

/**
 * The device's network changed. Which network it is is not kept: its name and addresses say where somebody is.
 *
 * @param connected whether there is one
 * @param another whether it is another one than before
 */
public record NetworkChange(Instant time, boolean connected, boolean another) {}
