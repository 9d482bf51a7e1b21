# SIGNATURE is the Gencove-Signature header, BODY_FILE the body exactly as received.
: "${SECRET:?is missing}"
time=$(echo "$SIGNATURE" | grep -o 't=[0-9]*' | head -n 1 | cut -d = -f 2)
age=$(($(date +%s) - time))
[ "${age#-}" -le "${MAX_AGE:-300}" ] || { echo 'too old' && exit 1; }
expected=$({ printf '%s.' "$time"; cat "$BODY_FILE"; } | openssl dgst -sha512 -hmac "$SECRET" | sed 's/.*= //')
case $SIGNATURE in
  *"v1=${expected:?openssl failed}"*) echo genuine ;;
  *) echo 'not genuine' && exit 1 ;;
esac
