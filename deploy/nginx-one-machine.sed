# Turns nginx.conf into the configuration for one machine, with a certificate from certbot: docs/virtual-machine.md.
/^# Docker/d
/^resolver /d
/set \$web web;/d
s|http://\$web:3000|http://127.0.0.1:3000|
s|/dev/stdout|/var/log/nginx/arraydrop.log|
s|/usr/share/nginx/outage|/opt/arraydrop/lib|
/listen 8080;/c\
    listen 80;\
    listen [::]:80;\
    listen 443 ssl;\
    listen [::]:443 ssl;\
    server_name upload.example.org;\
    ssl_certificate /etc/letsencrypt/live/upload.example.org/fullchain.pem;\
    ssl_certificate_key /etc/letsencrypt/live/upload.example.org/privkey.pem;\
    # In the same server, so that its logs hold no URL either.\
    if ($scheme = http) { return 301 https://upload.example.org$request_uri; }
