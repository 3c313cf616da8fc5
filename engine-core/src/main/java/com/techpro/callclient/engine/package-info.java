// SPDX-License-Identifier: Apache-2.0
/** The engine's public API: the client, its accounts and settings. Calls and other features are in subpackages. */
@NullMarked
package com.techpro.callclient.engine;

import org.jspecify.annotations.NullMarked;
