#!/usr/bin/env bash
# The rules of the house that a compiler does not check: arrows run one way, nothing is left undone,
# and no file holds what belongs to a machine or a person.
set -uo pipefail
cd "$(dirname "$0")/.."
wrong=0
complain() { printf '%s\n' "$*"; wrong=1; }

arrow() { # room, crates it must not depend on, why
    if sed -n '/^\[dependencies\]/,/^\[/p' "$1/Cargo.toml" | grep -nE "^($2)[ .=]"; then
        complain "$1 depends on what it must not know: $3"
    fi
}
arrow crates/physiology 'tokio|reqwest|sqlx|axum|leptos|serde_json|object_store' 'the domain is pure'
arrow crates/chart 'leptos|axum|sqlx|reqwest|tokio|web-sys' 'charts know no framework and no DOM'
arrow crates/views 'tokio|serde_json|axum|leptos|store|services' 'views are plain data'
arrow crates/services 'axum|leptos|leptos_axum|sqlx' 'services know no HTTP and no SQL'
arrow crates/upstream 'sqlx|store|axum|leptos' 'vendors know no storage'
arrow crates/vault 'sqlx|store|axum|leptos|upstream' 'the vault knows no vendor'
arrow app 'sqlx|reqwest|object_store|store|vault|upstream' 'the app asks services'

sources=$(git ls-files '*.rs' '*.ts' '*.css' '*.sh' | grep -v '^scripts/check-house.sh$')
if printf '%s\n' "$sources" | xargs grep -nE 'TODO|FIXME|XXX|todo!\(|unimplemented!\(|#\[ignore' ; then
    complain 'left undone'
fi
if git grep -nE '(/home/|/root/|/Users/)[a-z]' -- ':!scripts/check-house.sh' ':!Cargo.lock' ':!end2end/*package-lock.json'; then
    complain 'a path of some machine'
fi
if git grep -nE '"resolved": "https?://' -- 'end2end/*package-lock.json' | grep -v 'registry.npmjs.org'; then
    complain 'a registry host in the lock file'
fi
exit $wrong
