// SPDX-License-Identifier: Apache-2.0
/** The engine's public API: everything that a host application uses, and nothing else. */
@NullMarked
package com.techpro.callclient.engine;

import org.jspecify.annotations.NullMarked;
